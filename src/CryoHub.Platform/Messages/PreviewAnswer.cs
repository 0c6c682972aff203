using CryoHub.Imaging;

namespace CryoHub.Platform.Messages;

/// <summary>What came of a preview: the JSON of its numbers, curves, images and warnings, or the reason why there is none.</summary>
public sealed record PreviewAnswer(string Json, ProblemKind? Refusal, string Reason);
