namespace CryoHub.Web.Features.Labels;

/// <param name="Code">A code that is on the item already; <c>null</c> for a new one.</param>
public sealed record MakeLabel(string? Code = null);
