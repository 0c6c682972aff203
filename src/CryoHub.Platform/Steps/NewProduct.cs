using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Steps;

/// <summary>A sample that a step makes and that is not in the list yet.</summary>
public sealed record NewProduct(SampleKind Kind, string Name, string? Metal = null);
