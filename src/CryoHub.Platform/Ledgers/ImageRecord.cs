namespace CryoHub.Platform.Ledgers;

/// <summary>What is recorded of the specimen up to the moment at which one image of it was taken.</summary>
/// <param name="SampleId">What was imaged.</param>
/// <param name="Sample">Its name.</param>
/// <param name="Method">The methods paragraph of the image, and what is missing in it.</param>
/// <param name="Deviations">Steps on the way that were done otherwise than their template asks.</param>
/// <param name="WasTooWarm">A step on the way passed the limit of its frozen medium.</param>
public sealed record ImageRecord(Guid SampleId, string Sample, MethodCard Method, IReadOnlyList<ChronicleStep> Deviations, bool WasTooWarm);
