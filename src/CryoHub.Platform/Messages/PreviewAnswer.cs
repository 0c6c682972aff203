using CryoHub.Imaging;

namespace CryoHub.Platform.Messages;

/// <summary>What came of a preview: the JSON of its numbers, curves, images and warnings, or the reason why there is none.</summary>
/// <param name="Json">Empty where there is a reason.</param>
/// <param name="Refusal">Empty where the reason is an error of the software.</param>
/// <param name="Reason">A sentence for the person.</param>
public sealed record PreviewAnswer(string Json, ProblemKind? Refusal, string Reason);
