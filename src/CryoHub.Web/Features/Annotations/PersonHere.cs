namespace CryoHub.Web.Features.Annotations;

/// <summary>Somebody who is here.</summary>
public sealed record PersonHere(Guid Id, string Name);
