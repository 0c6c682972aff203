using CryoHub.Platform.Access;
using CryoHub.Platform.Mail;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Labs;

/// <summary>Writes invitations and mails their codes. A code works once, for 14 days, for the invited address only.</summary>
public sealed class InvitationPost(IMailbox mailbox, IOptions<SiteOptions> site, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(14);

    internal Task ToLabAsync(CryoHubDb db, Guid inviter, Lab lab, LabRole role, string address, CancellationToken ct) =>
        SendAsync(db, $"the lab “{lab.Name}”", code => New(inviter, address, code, labId: lab.Id, role: role), ct);

    internal Task ToProjectAsync(CryoHubDb db, Guid inviter, Guid projectId, string project, ProjectRole shareAs, string address, CancellationToken ct) =>
        SendAsync(db, $"the project “{project}”", code => New(inviter, address, code, projectId: projectId, shareAs: shareAs), ct);

    private Invitation New(Guid inviter, string address, string code, Guid? labId = null, LabRole? role = null, Guid? projectId = null, ProjectRole? shareAs = null) => new()
    {
        Id = Guid.CreateVersion7(),
        LabId = labId,
        Role = role,
        ProjectId = projectId,
        ShareAs = shareAs,
        Email = address,
        CodeHash = SecretCode.Hash(code),
        InvitedBy = inviter,
        CreatedAt = time.GetUtcNow(),
        ExpiresAt = time.GetUtcNow() + Life,
    };

    private async Task SendAsync(CryoHubDb db, string target, Func<string, Invitation> make, CancellationToken ct)
    {
        var code = SecretCode.New();
        var invitation = make(code);
        db.Add(invitation);
        await db.SaveChangesAsync(ct);
        var link = new Uri(site.Value.PublicUrl, $"account/invitation?code={code}");
        await mailbox.SendAsync(
            new Letter(invitation.Email, $"Invitation to {target}", $"You are invited to {target} on CryoHub. This link works once, until {invitation.ExpiresAt:yyyy-MM-dd}:\n\n{link}"), ct);
    }
}
