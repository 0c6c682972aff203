using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>Cuts a volume into blocks that fit into memory with what their features reach beyond; the numbers do not depend on the cut. Slices are held whole.</summary>
internal sealed class BlockPlan
{
    private const int LeastRows = 8;

    private readonly Block part;
    private readonly int depth, rows;

    /// <param name="set">The features.</param>
    /// <param name="whole">The volume.</param>
    /// <param name="part">What is wanted of it.</param>
    /// <param name="alongZ">Pixels to a slice's distance.</param>
    /// <param name="classes">Classes whose probabilities are held.</param>
    /// <param name="memory">Bytes that may be held.</param>
    public BlockPlan(FeatureSet set, VolumeShape whole, Block part, double alongZ, int classes, long memory)
    {
        this.part = part;
        Pixels = (int)Math.Ceiling(set.Reach);
        Slices = set.ThreeDimensional && whole.Depth > 1 ? (int)Math.Ceiling(set.Reach / alongZ) : 0;
        long bytes = (4 * (FeatureBlock.Planes(set) + 1 + 3)) + set.Features.Count + (8 * classes) + 8;
        var width = part.Grown(whole, Slices, Pixels).Shape.Width;
        // Slices are written whole: what is held of a slab's votes and outputs takes up to a third of the memory, but at least one slice.
        long slice = (long)part.Shape.Plane * ((8 * classes) + 8);
        depth = set.ThreeDimensional ? (int)Math.Clamp(memory / 3 / slice, 1, Math.Min(part.Shape.Depth, Math.Max(4, Slices))) : 1;
        if ((long)part.Shape.Plane * depth * classes > Array.MaxLength)
        {
            throw ProblemException.Invalid($"A slice of {part.Shape.Width} x {part.Shape.Height} px has {(long)part.Shape.Plane * classes} probabilities of {classes} classes; {Array.MaxLength} can be held. Take a region.");
        }

        long most = memory / bytes / width / Math.Min(whole.Depth, depth + (2 * Slices));
        rows = (int)Math.Min(part.Shape.Height, Math.Max(0, most - (2 * Pixels)));
        if (rows < Math.Min(LeastRows, part.Shape.Height))
        {
            throw ProblemException.Invalid(
                $"A block of {depth + (2 * Slices)} slices, {LeastRows + (2 * Pixels)} rows and {width} columns needs {bytes * width * (depth + (2 * Slices)) * (LeastRows + (2 * Pixels)) >> 20} MiB; {memory >> 20} MiB are allowed. Take smaller scales (now up to {set.Scales[^1]} px) or fewer features.");
        }
    }

    /// <summary>Rows and columns beyond a block that are read too.</summary>
    public int Pixels { get; }

    /// <summary>Slices beyond a block that are read too.</summary>
    public int Slices { get; }

    /// <summary>Slabs of whole slices, each with its blocks.</summary>
    public IEnumerable<(Block Slab, IReadOnlyList<Block> Blocks)> Slabs()
    {
        for (var z = part.Z0; z < part.Z1; z += depth)
        {
            var slab = part with { Z0 = z, Z1 = Math.Min(part.Z1, z + depth) };
            var blocks = new List<Block>();
            for (var y = part.Y0; y < part.Y1; y += rows)
            {
                blocks.Add(slab with { Y0 = y, Y1 = Math.Min(part.Y1, y + rows) });
            }

            yield return (slab, blocks);
        }
    }
}
