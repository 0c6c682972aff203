using CryoHub.Platform.Notices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Users;

/// <summary>A person. Rights on data come from memberships and shares only; an administrator runs the site and sees no lab's data by that.</summary>
public sealed class User : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    public bool IsAdministrator { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Time step of the last authenticator code that was accepted: no code works twice.</summary>
    public long LastCodeStep { get; set; }

    /// <summary>When unread notices come by mail.</summary>
    public NoticeMail NoticeMail { get; set; } = NoticeMail.Daily;

    internal sealed class Mapping : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> user)
        {
            user.ToTable("users");
            user.HasIndex(u => u.NormalizedEmail).IsUnique();
            user.Property(u => u.DisplayName).HasMaxLength(200);
            user.Property(u => u.NoticeMail).HasConversion<string>().HasMaxLength(20).HasDefaultValue(NoticeMail.Daily).HasSentinel(NoticeMail.Daily);   // hosts of before this column insert people too
        }
    }
}
