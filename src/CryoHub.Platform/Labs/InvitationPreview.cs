namespace CryoHub.Platform.Labs;

/// <summary>What the holder of an invitation's code sees before accepting it.</summary>
public sealed record InvitationPreview(string LabName, string Email, LabRole Role, bool HasAccount);
