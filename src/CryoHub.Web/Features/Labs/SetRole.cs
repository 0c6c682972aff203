using CryoHub.Platform.Labs;

namespace CryoHub.Web.Features.Labs;

public sealed record SetRole(LabRole Role);
