using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>
/// A mesh seen along the −z direction of a frame: for each pixel of a grid in x and y, the largest z of the surface there; NaN where there is none.
/// It needs neither a closed nor a clean mesh, and its resolution does not depend on the size of the triangles.
/// </summary>
internal sealed class DepthImage
{
    private readonly double[] depth;

    private DepthImage(double left, double bottom, double pixelMm, int columns, int rows)
    {
        Left = left;
        Bottom = bottom;
        PixelMm = pixelMm;
        Columns = columns;
        Rows = rows;
        depth = new double[columns * rows];
        Array.Fill(depth, double.NaN);
    }

    /// <summary>x of the centre of the first column, mm.</summary>
    public double Left { get; }

    /// <summary>y of the centre of the first row, mm.</summary>
    public double Bottom { get; }

    /// <summary>Distance between pixel centres, mm.</summary>
    public double PixelMm { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Depth at a pixel, NaN outside of the image too.</summary>
    public double this[int column, int row] =>
        (uint)column < (uint)Columns && (uint)row < (uint)Rows ? depth[(row * Columns) + column] : double.NaN;

    /// <summary>x of a column, mm.</summary>
    public double X(int column) => Left + (column * PixelMm);

    /// <summary>y of a row, mm.</summary>
    public double Y(int row) => Bottom + (row * PixelMm);

    /// <summary>Draws a mesh.</summary>
    /// <param name="mesh">The mesh, mm.</param>
    /// <param name="view">The frame whose −z is the line of sight.</param>
    /// <param name="window">Range of x and y to draw and range of z to keep, mm, local.</param>
    /// <param name="pixelMm">Distance between pixel centres, mm.</param>
    public static DepthImage Render(TriangleMesh mesh, Frame view, Window window, double pixelMm)
    {
        int columns = (int)Math.Ceiling((window.MaxX - window.MinX) / pixelMm) + 1;
        int rows = (int)Math.Ceiling((window.MaxY - window.MinY) / pixelMm) + 1;
        var image = new DepthImage(window.MinX, window.MinY, pixelMm, columns, rows);
        Vector3D[] local = Array.ConvertAll(mesh.Positions, view.ToLocal);
        for (int corner = 0; corner < mesh.Triangles.Length; corner += 3)
        {
            image.Draw(local[mesh.Triangles[corner]], local[mesh.Triangles[corner + 1]], local[mesh.Triangles[corner + 2]], window.MinZ, window.MaxZ);
        }

        return image;
    }

    /// <summary>Depth between pixels, bilinear; NaN when one of the four is missing.</summary>
    public double Sample(double x, double y)
    {
        double column = (x - Left) / PixelMm;
        double row = (y - Bottom) / PixelMm;
        int c = (int)Math.Floor(column);
        int r = (int)Math.Floor(row);
        double s = column - c;
        double t = row - r;
        if (s == 0 && t == 0)
        {
            return this[c, r];
        }

        return ((1 - t) * (((1 - s) * this[c, r]) + (s * this[c + 1, r]))) + (t * (((1 - s) * this[c, r + 1]) + (s * this[c + 1, r + 1])));
    }

    /// <summary>A copy smoothed with a Gaussian over the pixels that exist; missing pixels with neighbours within two deviations are filled.</summary>
    /// <param name="sigmaMm">Standard deviation, mm.</param>
    public DepthImage Blurred(double sigmaMm)
    {
        double sigma = sigmaMm / PixelMm;
        int reach = (int)Math.Ceiling(2 * sigma);
        double[] kernel = [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(k => Math.Exp(-0.5 * k * k / (sigma * sigma)))];
        var sums = new double[depth.Length];
        var weights = new double[depth.Length];
        for (int pixel = 0; pixel < depth.Length; pixel++)
        {
            if (!double.IsNaN(depth[pixel]))
            {
                sums[pixel] = depth[pixel];
                weights[pixel] = 1;
            }
        }

        sums = Convolve(Convolve(sums, kernel, 1, Columns), kernel, Columns, Rows);
        weights = Convolve(Convolve(weights, kernel, 1, Columns), kernel, Columns, Rows);
        var result = new DepthImage(Left, Bottom, PixelMm, Columns, Rows);

        // A pixel is filled when a fifth of the kernel's weight lies on the surface: small holes close, the outline grows little.
        double full = kernel.Sum() * kernel.Sum();
        for (int pixel = 0; pixel < depth.Length; pixel++)
        {
            result.depth[pixel] = weights[pixel] >= 0.2 * full ? sums[pixel] / weights[pixel] : double.NaN;
        }

        return result;
    }

    private double[] Convolve(double[] values, double[] kernel, int stride, int length)
    {
        int reach = kernel.Length / 2;
        var result = new double[values.Length];
        for (int pixel = 0; pixel < values.Length; pixel++)
        {
            int along = stride == 1 ? pixel % Columns : pixel / Columns;
            int first = Math.Max(-reach, -along);
            int last = Math.Min(reach, length - 1 - along);
            double sum = 0;
            for (int k = first; k <= last; k++)
            {
                sum += kernel[k + reach] * values[pixel + (k * stride)];
            }

            result[pixel] = sum;
        }

        return result;
    }

    private void Draw(Vector3D a, Vector3D b, Vector3D c, double minZ, double maxZ)
    {
        double twiceArea = ((b.X - a.X) * (c.Y - a.Y)) - ((c.X - a.X) * (b.Y - a.Y));
        if (twiceArea == 0)
        {
            return;
        }

        int firstColumn = Math.Max(0, (int)Math.Ceiling((Math.Min(a.X, Math.Min(b.X, c.X)) - Left) / PixelMm));
        int lastColumn = Math.Min(Columns - 1, (int)Math.Floor((Math.Max(a.X, Math.Max(b.X, c.X)) - Left) / PixelMm));
        int firstRow = Math.Max(0, (int)Math.Ceiling((Math.Min(a.Y, Math.Min(b.Y, c.Y)) - Bottom) / PixelMm));
        int lastRow = Math.Min(Rows - 1, (int)Math.Floor((Math.Max(a.Y, Math.Max(b.Y, c.Y)) - Bottom) / PixelMm));
        for (int row = firstRow; row <= lastRow; row++)
        {
            for (int column = firstColumn; column <= lastColumn; column++)
            {
                double x = X(column) - a.X;
                double y = Y(row) - a.Y;
                double s = ((x * (c.Y - a.Y)) - ((c.X - a.X) * y)) / twiceArea;
                double t = (((b.X - a.X) * y) - (x * (b.Y - a.Y))) / twiceArea;
                if (s < -1e-9 || t < -1e-9 || s + t > 1 + 1e-9)
                {
                    continue;
                }

                double z = a.Z + (s * (b.Z - a.Z)) + (t * (c.Z - a.Z));
                int pixel = (row * Columns) + column;
                if (z >= minZ && z <= maxZ && !(depth[pixel] >= z))
                {
                    depth[pixel] = z;
                }
            }
        }
    }

    /// <summary>A box in local coordinates, mm.</summary>
    internal readonly record struct Window(double MinX, double MaxX, double MinY, double MaxY, double MinZ, double MaxZ);
}
