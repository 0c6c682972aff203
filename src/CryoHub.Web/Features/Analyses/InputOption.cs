namespace CryoHub.Web.Features.Analyses;

/// <summary>A signal that an analysis can take.</summary>
public sealed record InputOption(Guid DatasetId, int Signal, string Label);
