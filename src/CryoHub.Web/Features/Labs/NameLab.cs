namespace CryoHub.Web.Features.Labs;

public sealed record NameLab(string Name);
