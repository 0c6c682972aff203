namespace CryoHub.Benchmarks;

/// <summary>One line of the report.</summary>
/// <param name="Name">Key on the command line.</param>
/// <param name="Operation">What is measured.</param>
/// <param name="Prepare">Makes the input and gives back the work to be timed.</param>
/// <param name="Peer">What the other program is; the case of that <see cref="Name"/> in <c>peers/peer.py</c>. Absent where there is none.</param>
/// <param name="File">Makes the file that both read, once, or names one that is there; what lies among the temporary files is deleted afterwards.</param>
/// <param name="Note">More numbers, in words, after the runs.</param>
/// <param name="OnceOnRequest">Runs only where it is named, once and cold: it takes minutes and much disk.</param>
internal sealed record Benchmark(string Name, string Operation, Func<Action> Prepare, string? Peer = null, Func<string>? File = null, Func<string>? Note = null, bool OnceOnRequest = false);
