using CryoHub.Platform.Steps;
using CryoHub.Platform.Workflows;

namespace CryoHub.Web.Features.Workflows;

/// <summary>One field in the editor: asked for or not, and in which range.</summary>
public sealed class RuleDraft(StepField of, FieldRule? rule)
{
    public StepField Field => of;

    /// <summary>"", "recommended" or "required".</summary>
    public string Asked { get; set; } = rule is null ? "" : rule.IsRequired ? "required" : "recommended";

    public string Low { get; set; } = rule?.Low ?? "";

    public string High { get; set; } = rule?.High ?? "";

    public FieldRule? ToRule() => Asked.Length == 0 ? null : new FieldRule(of.Key, Asked == "required", of.Dimension is null ? "" : Low.Trim(), of.Dimension is null ? "" : High.Trim());
}
