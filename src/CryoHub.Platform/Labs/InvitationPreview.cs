using CryoHub.Platform.Access;

namespace CryoHub.Platform.Labs;

/// <summary>What the holder of an invitation's code sees before accepting it; of the two roles one is empty.</summary>
/// <param name="To">The lab's or the project's name.</param>
public sealed record InvitationPreview(string To, string Email, LabRole? Role, ProjectRole? ShareAs, bool HasAccount);
