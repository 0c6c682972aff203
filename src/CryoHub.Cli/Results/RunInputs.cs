using System.Globalization;
using CryoHub.Analyses;
using CryoHub.Imaging;

namespace CryoHub.Cli.Results;

/// <summary>The opened files of a run.</summary>
public sealed class RunInputs : IAsyncDisposable
{
    private readonly List<OpenedPath> files = [];

    /// <summary>Signals by role.</summary>
    public Dictionary<string, ISignal> Signals { get; } = [];

    /// <summary>Role, file name, signal number and SHA-256 of each input.</summary>
    public List<(string Role, string File, int Signal, string Sha256)> Sources { get; } = [];

    /// <summary>Opens <c>[ROLE=]FILE[#N]</c>; without N the first signal of a kind the analysis takes.</summary>
    /// <exception cref="ProblemException">A file cannot be read or holds no such signal, or a role is given twice.</exception>
    public static async Task<RunInputs> OpenAsync(AnalysisInfo info, IEnumerable<string> inputs, CancellationToken ct)
    {
        var opened = new RunInputs();
        try
        {
            foreach (var input in inputs)
            {
                await opened.AddAsync(info, input, ct);
            }

            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        files.ForEach(file => file.Dispose());
        return ValueTask.CompletedTask;
    }

    private async Task AddAsync(AnalysisInfo info, string input, CancellationToken ct)
    {
        var equals = input.IndexOf('=', StringComparison.Ordinal);
        var named = equals > 0 ? info.Inputs.FirstOrDefault(wanted => wanted.Role == input[..equals]) : null;
        var next = named is not null && Signals.ContainsKey(named.Role)   // reference=A reference=B: the second is reference-2
            ? info.Inputs.FirstOrDefault(wanted => !Signals.ContainsKey(wanted.Role) && wanted.Role.StartsWith(named.Role + "-", StringComparison.Ordinal))
            : null;
        var role = next ?? named ?? info.Inputs.FirstOrDefault(wanted => !Signals.ContainsKey(wanted.Role)) ?? info.Inputs[0];
        var (path, number) = Split(named is null ? input : input[(equals + 1)..]);
        var file = await OpenedPath.OpenAsync(path, ct);
        files.Add(file);
        var signals = file.Signals;
        var index = number ?? Math.Max(0, signals.Select(signal => role.Kinds.Contains(signal.Header.Kind)).ToList().IndexOf(true));
        if (index >= signals.Count)
        {
            throw ProblemException.Invalid($"Signal {index} was asked for; {file.Name} holds {signals.Count}, counted from 0.");
        }

        if (!Signals.TryAdd(role.Role, signals[index]))
        {
            throw ProblemException.Invalid($"{info.Title} takes one input \"{role.Role}\"; {input} is one too many.");
        }

        Sources.Add((role.Role, file.Name, index, await file.Sha256Async(ct)));
    }

    private static (string Path, int? Signal) Split(string text)
    {
        var hash = text.LastIndexOf('#');
        return hash > 0 && !Path.Exists(text) && int.TryParse(text.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var signal)
            ? (text[..hash], signal)
            : (text, null);
    }
}
