using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Fourier;

/// <summary>The few functions of FFTW 3 (single precision) that the house uses; fftw.org/doc, sections 4.3, 4.4, 4.6 and 5.</summary>
internal static unsafe partial class FftwNative
{
    /// <summary>FFTW_ESTIMATE: plans without touching the arrays. Measured plans are little faster for these sizes and cost half a second each.</summary>
    public const uint Estimate = 1 << 6;

    /// <summary>FFTW_FORWARD: the kernel's exponent is negative.</summary>
    public const int Forward = -1;

    private const string Library = "libfftw3f.so.3";

    [LibraryImport(Library, EntryPoint = "fftwf_plan_many_dft_r2c")]
    public static partial nint PlanForwardMany(
        int rank, int* n, int count, float* input, int* inputEmbed, int inputStride, int inputDistance, float* output, int* outputEmbed, int outputStride, int outputDistance, uint flags);

    [LibraryImport(Library, EntryPoint = "fftwf_plan_many_dft_c2r")]
    public static partial nint PlanInverseMany(
        int rank, int* n, int count, float* input, int* inputEmbed, int inputStride, int inputDistance, float* output, int* outputEmbed, int outputStride, int outputDistance, uint flags);

    [LibraryImport(Library, EntryPoint = "fftwf_plan_many_dft")]
    public static partial nint PlanComplexMany(
        int rank, int* n, int count, float* input, int* inputEmbed, int inputStride, int inputDistance, float* output, int* outputEmbed, int outputStride, int outputDistance, int sign, uint flags);

    [LibraryImport(Library, EntryPoint = "fftwf_execute_dft")]
    public static partial void ExecuteComplex(nint plan, float* input, float* output);

    [LibraryImport(Library, EntryPoint = "fftwf_execute_dft_r2c")]
    public static partial void ExecuteForward(nint plan, float* input, float* output);

    [LibraryImport(Library, EntryPoint = "fftwf_execute_dft_c2r")]
    public static partial void ExecuteInverse(nint plan, float* input, float* output);
}
