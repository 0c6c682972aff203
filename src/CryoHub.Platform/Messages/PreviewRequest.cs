using CryoHub.Platform.Jobs;

namespace CryoHub.Platform.Messages;

/// <summary>A page wants an analysis run at once on signals it shows; the newest request of a page wins.</summary>
/// <param name="Turn">Counted by the page: of two requests the higher is the newer.</param>
/// <param name="Parameters">JSON of the analysis' parameters.</param>
public sealed record PreviewRequest(Guid UserId, string PageId, long Turn, string Analysis, IReadOnlyList<JobInputRef> Inputs, string Parameters);
