using CryoHub.Platform.Access;

namespace CryoHub.Platform.Labs;

/// <summary>Which invitations still open a door.</summary>
internal static class OpenInvitations
{
    /// <summary>Neither used nor expired, and from somebody who might still invite so today: who was demoted, left or was locked out leaves no open doors behind.</summary>
    public static IQueryable<Invitation> OpenInvitationsAt(this CryoHubDb db, DateTimeOffset now) => db.Invitations
        .Where(i => i.AcceptedAt == null && i.ExpiresAt > now)
        .Where(i => db.Users.Any(u => u.Id == i.InvitedBy && (u.LockoutEnd == null || u.LockoutEnd < now.AddYears(1))))
        .Where(i => i.LabId != null
            ? db.Memberships.Any(m => m.LabId == i.LabId && m.UserId == i.InvitedBy && m.Role >= LabRole.Manager && m.Role >= i.Role)
            : i.Project!.DeletedAt == null && i.Project.Access.Any(a => a.UserId == i.InvitedBy && a.Role >= ProjectRole.Manager));
}
