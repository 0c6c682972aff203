using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Workflows;

namespace CryoHub.Web.Features.Workflows;

/// <summary>One step in the editor.</summary>
public sealed class StepDraft
{
    private string kind = StepKinds.All[0].Key;

    public StepDraft() => Fill([]);

    public StepDraft(TemplateStep step)
    {
        (kind, Title, Instruction, Makes, Checks) = (step.Kind, step.Title, step.Instruction, step.Makes, string.Join('\n', step.Checks));
        Fill(step.Fields);
    }

    public string Title { get; set; } = "";

    public string Instruction { get; set; } = "";

    public SampleKind? Makes { get; set; }

    /// <summary>Lines to tick off, one a line.</summary>
    public string Checks { get; set; } = "";

    /// <summary>Fields asked for first, in their order; then all others of the kind.</summary>
    public IReadOnlyList<RuleDraft> Rules { get; private set; } = [];

    /// <summary>Another kind has other fields; those that both have stay as they were asked for.</summary>
    public string Kind
    {
        get => kind;
        set
        {
            if (StepKinds.Find(value) is not null && value != kind)
            {
                var kept = Rules.Select(rule => rule.ToRule()).OfType<FieldRule>().ToList();
                kind = value;
                Fill(kept);
            }
        }
    }

    public TemplateStep ToStep() => new(
        kind, Title.Trim(), Instruction.Trim(), [.. Rules.Select(rule => rule.ToRule()).OfType<FieldRule>()], Checks.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), Makes);

    private void Fill(IReadOnlyList<FieldRule> asked)
    {
        var fields = StepKinds.Find(kind)!.Fields;
        var known = asked.Where(rule => fields.Any(field => field.Key == rule.Key)).ToList();
        Rules = [.. known.Select(rule => new RuleDraft(fields.First(field => field.Key == rule.Key), rule)), .. fields.Where(field => known.All(rule => rule.Key != field.Key)).Select(field => new RuleDraft(field, null))];
    }
}
