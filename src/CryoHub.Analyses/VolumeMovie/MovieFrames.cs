using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMovie;

/// <summary>The pictures of a movie as float32 [row, column], all of one size; z points upwards in a turntable and along the movie or downwards elsewhere.</summary>
internal sealed class MovieFrames
{
    private readonly float[] volume;
    private readonly VolumeShape shape;
    private readonly VoxelSize size;
    private readonly VolumeMovieParameters wanted;

    public MovieFrames(float[] volume, VolumeScale scale, VolumeMovieParameters wanted)
    {
        (this.volume, shape, size, this.wanted) = (volume, scale.Shape, scale.Size, wanted);
        var (depth, height, width) = (shape.Depth * size.Z, shape.Height * size.Y, shape.Width * size.X);
        var (across, down) = wanted.Kind switch
        {
            MovieKind.Turntable => (Math.Sqrt((width * width) + (height * height)), depth),
            MovieKind.SlicesZ => (width, height),
            MovieKind.SlicesY => (width, depth),
            _ => (height, depth),
        };
        Pixel = Math.Max(across, down) / wanted.Size;
        (Width, Height) = (Even(across / Pixel), Even(down / Pixel));
        var sections = wanted.Kind switch { MovieKind.SlicesZ => shape.Depth, MovieKind.SlicesY => shape.Height, MovieKind.SlicesX => shape.Width, _ => int.MaxValue };
        Count = Math.Min(wanted.Frames, sections);
    }

    /// <summary>Edge of a picture pixel in the unit of the scale.</summary>
    public double Pixel { get; }

    /// <summary>Pixels of a row; even, as video codecs halve the colours.</summary>
    public int Width { get; }

    public int Height { get; }

    public int Count { get; }

    /// <summary>Frame <paramref name="index"/>; NaN where there is nothing.</summary>
    public float[] Draw(int index)
    {
        var frame = new float[Width * Height];
        for (var row = 0; row < Height; row++)
        {
            var target = frame.AsSpan(row * Width, Width);
            if (wanted.Kind == MovieKind.Turntable)
            {
                var z = Nearest(Height - 1 - row, Height, shape.Depth, size.Z);
                var slice = z < 0 ? [] : volume.AsSpan(z * shape.Plane, shape.Plane);
                target.Fill(float.NaN);
                if (z >= 0)
                {
                    TurntableProjection.Row(slice, shape.Height, shape.Width, size.Y, size.X, 2 * Math.PI * index / Count, Pixel, wanted.Maximum, target);
                }
            }
            else
            {
                Section(index, row, target);
            }
        }

        return frame;
    }

    private static int Even(double length) => Math.Max(2, 2 * (int)Math.Round(length / 2));

    /// <summary>The voxel at the middle of a picture pixel; -1 outside.</summary>
    private int Nearest(int pixel, int pixels, int voxels, double step)
    {
        var at = (int)Math.Floor(((pixel + 0.5 - (pixels / 2.0)) * Pixel / step) + (voxels / 2.0));
        return at >= 0 && at < voxels ? at : -1;
    }

    private void Section(int index, int row, Span<float> target)
    {
        var sections = wanted.Kind switch { MovieKind.SlicesZ => shape.Depth, MovieKind.SlicesY => shape.Height, _ => shape.Width };
        var middle = Count == 1 ? 0 : (int)Math.Round(index * (sections - 1.0) / (Count - 1));
        var first = Math.Max(0, middle - ((wanted.Slab - 1) / 2));
        var last = Math.Min(sections - 1, first + wanted.Slab - 1);
        var (downVoxels, downStep) = wanted.Kind == MovieKind.SlicesZ ? (shape.Height, size.Y) : (shape.Depth, size.Z);
        var (acrossVoxels, acrossStep) = wanted.Kind == MovieKind.SlicesX ? (shape.Height, size.Y) : (shape.Width, size.X);
        var down = Nearest(row, Height, downVoxels, downStep);
        for (var column = 0; column < Width; column++)
        {
            var across = Nearest(column, Width, acrossVoxels, acrossStep);
            var (sum, count, most) = (0.0, 0, float.NegativeInfinity);
            for (var section = first; section <= last && down >= 0 && across >= 0; section++)
            {
                var value = volume[wanted.Kind switch
                {
                    MovieKind.SlicesZ => shape.Index(section, down, across),
                    MovieKind.SlicesY => shape.Index(down, section, across),
                    _ => shape.Index(down, across, section),
                }];
                if (float.IsFinite(value))
                {
                    (sum, count, most) = (sum + value, count + 1, Math.Max(most, value));
                }
            }

            target[column] = count == 0 ? float.NaN : wanted.Maximum ? most : (float)(sum / count);
        }
    }
}
