namespace CryoHub.Web.Features.Facility;

public sealed record BuildSession(Guid ProjectId);
