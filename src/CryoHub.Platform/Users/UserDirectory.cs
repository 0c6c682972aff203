using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Users;

/// <summary>People of this site: administrators list, add and disable them; everybody reads and names themselves.</summary>
public sealed class UserDirectory(
    IDbContextFactory<CryoHubDb> dbs, UserManager<User> users, IMailbox mailbox, IOptions<SiteOptions> site, AccessEnding ending, TimeProvider time)
{
    public async Task<Me?> MeAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Users.Where(u => u.Id == userId).AsSplitQuery()
            .Select(u => new Me(
                u.Id, u.DisplayName, u.Email!, u.IsAdministrator, u.TwoFactorEnabled,
                db.Memberships.Where(m => m.UserId == userId).OrderBy(m => m.Lab.Name)
                    .Select(m => new LabRow(m.LabId, m.Lab.Name, m.Role, m.Lab.Memberships.Count, db.Projects.Count(p => p.LabId == m.LabId && p.DeletedAt == null)))
                    .ToList()))
            .SingleOrDefaultAsync(ct);
    }

    public async Task RenameAsync(Guid userId, string displayName, CancellationToken ct)
    {
        var name = Required.Name(displayName);
        await using var db = await dbs.ForAsync(userId, ct);
        await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(u => u.DisplayName, name), ct);
    }

    public async Task<Page<UserRow>> ListAsync(Guid administratorId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(administratorId, ct);
        var now = time.GetUtcNow();
        return await db.Users.Where(_ => db.Users.Any(a => a.Id == administratorId && a.IsAdministrator)).OrderBy(u => u.DisplayName).ThenBy(u => u.Id)
            .Select(u => new UserRow(
                u.Id, u.DisplayName, u.Email!, u.IsAdministrator, u.LockoutEnd != null && u.LockoutEnd > now.AddYears(1), u.TwoFactorEnabled, u.CreatedAt))
            .ToPageAsync(page, ct);
    }

    /// <summary>Adds a person without a password and mails a link that sets one.</summary>
    public async Task<Guid> AddAsync(Guid administratorId, string email, string displayName, CancellationToken ct)
    {
        await RequireAdministratorAsync(administratorId, ct);
        var user = await CreateAsync(email, displayName, null);
        var code = Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(user));
        var link = new Uri(site.Value.PublicUrl, $"account/password?mail={Uri.EscapeDataString(user.Email!)}&code={code}");
        await mailbox.SendAsync(new Letter(user.Email!, "Your CryoHub account", $"You have an account on CryoHub. Set your password here:\n\n{link}"), ct);
        return user.Id;
    }

    /// <summary>Makes an account, for instance for an accepted invitation.</summary>
    public async Task<User> CreateAsync(string email, string displayName, string? password)
    {
        var address = Required.Email(email);
        var user = new User { Id = Guid.CreateVersion7(), UserName = address, Email = address, EmailConfirmed = true, DisplayName = Required.Name(displayName), CreatedAt = time.GetUtcNow() };
        var made = password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, password);
        return made.Succeeded ? user : throw new ProblemException(ProblemKind.Invalid, string.Join(" ", made.Errors.Select(e => e.Description)));
    }

    /// <summary>Locks a person out for good: sessions, tokens and uploads end. <c>false</c> where there is no such person.</summary>
    public async Task<bool> DisableAsync(Guid administratorId, Guid userId, CancellationToken ct)
    {
        await RequireAdministratorAsync(administratorId, ct);
        if (administratorId == userId)
        {
            throw new ProblemException(ProblemKind.Conflict, "Nobody can disable themselves.");
        }

        if (await users.FindByIdAsync(userId.ToString()) is not { } user)
        {
            return false;
        }

        await users.SetLockoutEnabledAsync(user, true);
        await users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue);
        await users.UpdateSecurityStampAsync(user);
        await ending.AnnounceAsync([userId], null, ct);
        return true;
    }

    private async Task RequireAdministratorAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Users.AnyAsync(u => u.Id == userId && u.IsAdministrator, ct))
        {
            throw new ProblemException(ProblemKind.Forbidden, "Only administrators may do this.");
        }
    }
}
