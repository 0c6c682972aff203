namespace CryoHub.Web.Features.Labels;

/// <summary>Which item a blank label is stuck to.</summary>
public sealed record AttachLabel(Guid SampleId);
