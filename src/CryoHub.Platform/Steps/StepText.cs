namespace CryoHub.Platform.Steps;

/// <summary>All that people say about a step; an edit replaces all of it but kind, samples and what was made.</summary>
/// <param name="Kind">Key of a <see cref="StepKind"/>.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; the start where it took no time worth recording.</param>
/// <param name="Values">What was typed, by field key; quantities in any unit of their dimension.</param>
/// <param name="Subjects">Samples that underwent it.</param>
/// <param name="Products">Samples in the list that it made.</param>
/// <param name="NewProducts">Samples that it made and that are to be added.</param>
/// <param name="Datasets">Photos, electrochemistry, acquisitions.</param>
/// <param name="Id">Chosen by who records offline: the same id sent twice is recorded once.</param>
/// <param name="CorrectsId">The signed step that this one corrects.</param>
/// <param name="RunId">The workflow run it belongs to.</param>
/// <param name="RunStep">Number of the run's step, from 1 on.</param>
public sealed record StepText(
    string Kind, DateTimeOffset StartedAt, DateTimeOffset? EndedAt = null, string? Person = null, string? Place = null, string? Device = null, string? Notes = null,
    string? Deviation = null, IReadOnlyDictionary<string, string>? Values = null, IReadOnlyList<Guid>? Subjects = null, IReadOnlyList<Guid>? Products = null,
    IReadOnlyList<NewProduct>? NewProducts = null, IReadOnlyList<Guid>? Datasets = null, Guid? Id = null, Guid? CorrectsId = null, Guid? RunId = null, int? RunStep = null);
