using System.ComponentModel.DataAnnotations;

namespace CryoHub.Platform.Messages;

/// <summary>Section <c>Bus</c>.</summary>
public sealed class BusOptions
{
    public const string Section = "Bus";

    public BusKind Kind { get; set; } = BusKind.Memory;

    [Required]
    public string Host { get; set; } = "localhost";

    public ushort Port { get; set; } = 5672;

    public string VirtualHost { get; set; } = "/";

    public string User { get; set; } = "guest";

    public string Password { get; set; } = "guest";
}
