namespace CryoHub.Web.Features.Annotations;

/// <summary>Into which class; empty to make it a class of its own again.</summary>
public sealed record MergeClass(string? Into);
