using System.CommandLine;

namespace CryoHub.Local;

/// <summary>What <c>./dev run</c> takes.</summary>
/// <param name="Data">Folder of database and objects.</param>
/// <param name="Port">On localhost.</param>
/// <param name="Demo">Whether the first start makes the demo lab.</param>
public sealed record LocalOptions(string Data, int Port, bool Demo)
{
    /// <summary>The options, or <c>null</c> after the reason was written to standard error.</summary>
    public static LocalOptions? Parse(string[] args)
    {
        var data = new Option<string>("--data") { DefaultValueFactory = _ => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "cryohub") };
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 5080 };
        var noDemo = new Option<bool>("--no-demo");
        var parsed = new Command("run") { data, port, noDemo }.Parse(args);
        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine($"{error.Message} Expected: [--data DIR] [--port N] [--no-demo]");
        }

        return parsed.Errors.Count > 0 ? null : new LocalOptions(Path.GetFullPath(parsed.GetValue(data)!), parsed.GetValue(port), !parsed.GetValue(noDemo));
    }
}
