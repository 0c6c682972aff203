using System.Diagnostics;
using CryoHub.Imaging.Labels;

namespace CryoHub.Benchmarks.Cases;

/// <summary>A brush of 200 px across a label layer of 4096 x 4096: 400 steps, each of which has to fit a frame of a screen (16 ms), then all undone.</summary>
internal static class BrushCase
{
    private const int Steps = 400;
    private static readonly LabelGrid Grid = new(4096, 4096, 1);
    private static readonly double[] Milliseconds = new double[2 * Steps];

    public static Benchmark Benchmark { get; } = new(
        "brush", "brush of 200 px on 4096 x 4096, 400 steps and their undoing", Prepare,
        Note: Words);

    private static Action Prepare()
    {
        Stroke[] strokes = [.. Enumerable.Range(0, Steps).Select(StepOf)];
        return () =>
        {
            var blocks = new Dictionary<LabelBox, LabelChunk>();
            for (var i = 0; i < 2 * Steps; i++)
            {
                var start = Stopwatch.GetTimestamp();
                var step = strokes[i < Steps ? i : (2 * Steps) - 1 - i];
                foreach (var box in Grid.BlocksOf(step))
                {
                    if (!blocks.TryGetValue(box, out var block))
                    {
                        blocks.Add(box, block = new(box, new ulong[box.Voxels], 0));
                    }

                    _ = i < Steps ? block.Apply(i + 1, step) : block.Undo(i + 1, (2 * Steps) - i);
                }

                Milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        };
    }

    /// <summary>Of the last run; the slowest also tells how often a busy machine interrupts.</summary>
    private static string Words()
    {
        var sorted = Milliseconds.Order().ToArray();
        return FormattableString.Invariant($"a step: median {sorted[Steps]:F2} ms, 99 % below {sorted[^8]:F2}, slowest {sorted[^1]:F2} (wanted: below 16)");
    }

    private static Stroke StepOf(int i) => new(StrokeKind.Brush, (ulong)(i % 5), [150 + (9 * i), Across(i), 159 + (9 * i), Across(i + 1)], Radius: 100);

    private static double Across(int step) => 2048 + (1500 * Math.Sin(step / 30.0));
}
