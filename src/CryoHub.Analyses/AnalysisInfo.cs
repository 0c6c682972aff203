namespace CryoHub.Analyses;

/// <summary>What an analysis is, for forms, the API, the command line and the documentation.</summary>
/// <param name="Key">Kebab-case key stored in the database, never changed.</param>
/// <param name="Version">Raised whenever numbers change.</param>
/// <param name="Title">A few words.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Inputs">Roles and kinds.</param>
/// <param name="Parameters">The record whose properties are the whole form.</param>
/// <param name="Literature">Sources of formulas, with DOI where there is one.</param>
public sealed record AnalysisInfo(string Key, int Version, string Title, string Summary, IReadOnlyList<AnalysisInput> Inputs, Type Parameters, IReadOnlyList<string> Literature)
{
    /// <summary>What is computed, as formulas and steps that a reader can check; plain text, a line each.</summary>
    public IReadOnlyList<string> Formula { get; init; } = [];

    /// <summary>What the numbers do not hold for, a sentence each.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>Whether a page may ask for it while a person drags: only what ends within a fraction of a second.</summary>
    public bool HasPreview { get; init; }
}
