using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Users;

/// <summary>A new installation has no account at all; this makes the first one, with a password nobody else knows.</summary>
public sealed class FirstAdministrator(UserDirectory directory, UserManager<User> users)
{
    /// <summary>The password of the new account, to be shown once; <c>null</c> where an administrator exists already.</summary>
    public async Task<string?> EnsureAsync(string email, CancellationToken ct)
    {
        if (await users.Users.AnyAsync(u => u.IsAdministrator, ct))
        {
            return null;
        }

        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(15));
        var user = await directory.CreateAsync(email, "Administrator", password);
        user.IsAdministrator = true;
        await users.UpdateAsync(user);
        return password;
    }
}
