using CryoHub.Platform.Labs;

namespace CryoHub.Web.Features.Labs;

public sealed record Invite(string Email, LabRole Role);
