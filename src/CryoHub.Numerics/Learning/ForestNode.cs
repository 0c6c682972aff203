using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Learning;

/// <summary>One node of a tree: bins above the threshold go to <c>Left + 1</c>, others to <c>Left</c>. A leaf leads to itself, as no bin exceeds 255.</summary>
/// <param name="Left">Number of the left child; of itself for a leaf.</param>
/// <param name="Feature">Which feature is asked.</param>
/// <param name="Threshold">Last bin that goes left.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct ForestNode(int Left, byte Feature, byte Threshold)
{
    /// <summary>A leaf with that number.</summary>
    public static ForestNode Leaf(int number) => new(number, 0, byte.MaxValue);
}
