namespace CryoHub.Web.Problems;

/// <summary>The id of what was just made.</summary>
public sealed record NewId(Guid Id);
