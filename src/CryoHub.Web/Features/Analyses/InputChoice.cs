using CryoHub.Analyses;

namespace CryoHub.Web.Features.Analyses;

/// <summary>One role of an analysis: what could fill it, and what a person has chosen. Several chosen in one role are several jobs.</summary>
public sealed class InputChoice(AnalysisInput input, IReadOnlyList<InputOption> options, IReadOnlyList<InputOption> chosen)
{
    public AnalysisInput Input => input;

    public IReadOnlyList<InputOption> Options => options;

    public IReadOnlyList<InputOption> Chosen { get; set; } = chosen;
}
