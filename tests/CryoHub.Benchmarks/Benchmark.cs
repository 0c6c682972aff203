namespace CryoHub.Benchmarks;

/// <summary>One line of the report.</summary>
/// <param name="Name">Key on the command line.</param>
/// <param name="Operation">What is measured.</param>
/// <param name="Prepare">Makes the input and gives back the work to be timed.</param>
/// <param name="Peer">What the other program is; the case of that <see cref="Name"/> in <c>peers/peer.py</c>. Absent where there is none.</param>
internal sealed record Benchmark(string Name, string Operation, Func<Action> Prepare, string? Peer = null);
