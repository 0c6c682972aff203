namespace CryoHub.Platform.Audit;

/// <summary>From where the work that runs now was asked for; set once per request by the web host and written into the audit trail.</summary>
public static class Origin
{
    private static readonly AsyncLocal<string?> Ambient = new();

    public static string Current
    {
        get => Ambient.Value ?? "";
        set => Ambient.Value = value;
    }
}
