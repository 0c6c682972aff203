namespace CryoHub.Web.Features.Workflows;

/// <summary>The version that was saved.</summary>
public sealed record SavedTemplate(string Key, int Version);
