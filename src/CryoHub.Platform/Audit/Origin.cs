namespace CryoHub.Platform.Audit;

/// <summary>Who asked for the work that runs now, and from which address; set once per request by the web host and written into the audit trail.</summary>
public readonly record struct Origin(Guid? UserId, string Address)
{
    private static readonly AsyncLocal<Origin?> Ambient = new();

    public static Origin Current
    {
        get => Ambient.Value ?? new Origin(null, "");
        set => Ambient.Value = value;
    }
}
