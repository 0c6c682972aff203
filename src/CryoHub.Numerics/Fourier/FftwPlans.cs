using System.Collections.Concurrent;

namespace CryoHub.Numerics.Fourier;

/// <summary>Plans made once and kept: FFTW's planner is not thread-safe, its execution on other arrays is.</summary>
internal static unsafe class FftwPlans
{
    private static readonly ConcurrentDictionary<FftwPlan, nint> Plans = [];
    private static readonly Lock Planner = new();

    public static nint Get(FftwPlan key)
    {
        if (Plans.TryGetValue(key, out var known))
        {
            return known;
        }

        lock (Planner)
        {
            return Plans.GetOrAdd(key, Make);
        }
    }

    private static nint Make(FftwPlan key)
    {
        var flags = FftwNative.Estimate;
        var half = (key.Length / 2) + 1;
        var n = key.Length;
        var plane = stackalloc int[] { key.Count, key.Length };
        var space = stackalloc int[] { key.Count, key.Stride, key.Length };

        // Estimated plans never touch the arrays; only whether the addresses differ and are aligned counts.
        var real = (float*)64;
        var complex = (float*)128;
        var plan = key.Kind switch
        {
            FftwPlanKind.ForwardRows => FftwNative.PlanForwardMany(1, &n, key.Count, real, null, 1, n, complex, null, 1, half, flags),
            FftwPlanKind.PairRows => FftwNative.PlanComplexMany(1, &n, key.Count, complex, null, 1, n, complex, null, 1, n, FftwNative.Forward, flags),
            FftwPlanKind.InverseRows => FftwNative.PlanInverseMany(1, &n, key.Count, complex, null, 1, half, real, null, 1, n, flags),
            FftwPlanKind.ForwardColumns => FftwNative.PlanComplexMany(1, &n, key.Count, real, null, key.Stride, 1, complex, null, 1, n, FftwNative.Forward, flags),
            FftwPlanKind.ForwardPlane => FftwNative.PlanForwardMany(2, plane, 1, real, null, 1, 0, complex, null, 1, 0, flags),
            FftwPlanKind.InversePlane => FftwNative.PlanInverseMany(2, plane, 1, complex, null, 1, 0, real, null, 1, 0, flags),
            FftwPlanKind.ForwardSpace => FftwNative.PlanForwardMany(3, space, 1, real, null, 1, 0, complex, null, 1, 0, flags),
            FftwPlanKind.InverseSpace => FftwNative.PlanInverseMany(3, space, 1, complex, null, 1, 0, real, null, 1, 0, flags),
            _ => throw new ArgumentOutOfRangeException(nameof(key), key, "No such transform."),
        };
        return plan != 0 ? plan : throw new InvalidOperationException($"FFTW could not plan {key}.");
    }
}
