using Threadwell.Geometry;

namespace Threadwell.Reports.Surfaces;

/// <summary>
/// Which triangle each sample of a picture sees first. Samples lie at pixel centres of a picture that is
/// <c>samplesPerPixel</c> times wider and higher than the camera's. Rows are filled in bands; each sample depends on
/// the triangles alone, so the buffer is the same for any number of cores.
/// </summary>
internal sealed class DepthBuffer
{
    private readonly float[] nearness;
    private readonly int[] triangles;
    private readonly double[] x;
    private readonly double[] y;
    private readonly double[] near;
    private readonly bool perspective;

    /// <summary>Draws a mesh.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="samplesPerPixel">Samples a pixel side.</param>
    /// <param name="bands">Bands of rows drawn at the same time; one where several pictures are.</param>
    public DepthBuffer(TriangleMesh mesh, Camera camera, int samplesPerPixel, int bands)
    {
        Width = camera.Width * samplesPerPixel;
        Height = camera.Height * samplesPerPixel;
        perspective = camera.IsPerspective;
        nearness = new float[Width * Height];
        triangles = new int[Width * Height];
        Array.Fill(nearness, float.NegativeInfinity);
        Array.Fill(triangles, -1);
        x = new double[mesh.VertexCount];
        y = new double[mesh.VertexCount];
        near = new double[mesh.VertexCount];
        for (int vertex = 0; vertex < mesh.VertexCount; vertex++)
        {
            ProjectedPoint point = camera.Project(mesh.Positions[vertex]);
            x[vertex] = point.X * samplesPerPixel;
            y[vertex] = point.Y * samplesPerPixel;

            // Affine across the picture: the reciprocal of the distance in perspective, the distance itself otherwise.
            near[vertex] = perspective ? 1 / Math.Max(point.Distance, 1e-3) : -point.Distance;
        }

        if (bands == 1)
        {
            FillRows(mesh, 0, Height);
            return;
        }

        Parallel.For(0, bands, band => FillRows(mesh, Height * band / bands, Height * (band + 1) / bands));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The triangle that a sample sees, or −1 for the background.</summary>
    public int TriangleAt(int column, int row) => triangles[(row * Width) + column];

    /// <summary>Distance from the camera along its axis in mm; infinite for the background.</summary>
    public double DistanceAt(int column, int row)
    {
        float value = nearness[(row * Width) + column];
        return float.IsNegativeInfinity(value) ? double.PositiveInfinity : perspective ? 1 / value : -value;
    }

    /// <summary>
    /// Weights of the three corners of a triangle at a place in the picture, corrected for perspective; they sum to 1. Samples lie at halves.
    /// </summary>
    public (float A, float B, float C) Weights(int a, int b, int c, double px, double py)
    {
        double wa = ((x[b] - px) * (y[c] - py)) - ((x[c] - px) * (y[b] - py));
        double wb = ((x[c] - px) * (y[a] - py)) - ((x[a] - px) * (y[c] - py));
        double wc = ((x[a] - px) * (y[b] - py)) - ((x[b] - px) * (y[a] - py));
        if (perspective)
        {
            wa *= near[a];
            wb *= near[b];
            wc *= near[c];
        }

        double sum = wa + wb + wc;
        return sum == 0 ? (1, 0, 0) : ((float)(wa / sum), (float)(wb / sum), (float)(wc / sum));
    }

    private void FillRows(TriangleMesh mesh, int firstRow, int endRow)
    {
        int[] corners = mesh.Triangles;
        for (int triangle = 0; triangle < mesh.TriangleCount; triangle++)
        {
            int a = corners[3 * triangle];
            int b = corners[(3 * triangle) + 1];
            int c = corners[(3 * triangle) + 2];
            double top = Math.Min(y[a], Math.Min(y[b], y[c]));
            double bottom = Math.Max(y[a], Math.Max(y[b], y[c]));
            if (bottom < firstRow || top > endRow)
            {
                continue;
            }

            int rowFrom = Math.Max(firstRow, (int)Math.Ceiling(top - 0.5));
            int rowTo = Math.Min(endRow - 1, (int)Math.Floor(bottom - 0.5));
            int columnFrom = Math.Max(0, (int)Math.Ceiling(Math.Min(x[a], Math.Min(x[b], x[c])) - 0.5));
            int columnTo = Math.Min(Width - 1, (int)Math.Floor(Math.Max(x[a], Math.Max(x[b], x[c])) - 0.5));
            if (rowFrom > rowTo || columnFrom > columnTo)
            {
                continue;
            }

            double twiceArea = ((x[b] - x[a]) * (y[c] - y[a])) - ((x[c] - x[a]) * (y[b] - y[a]));
            if (twiceArea == 0)
            {
                continue;
            }

            double inverse = 1 / twiceArea;

            // Corner weights are affine in the sample: their steps a column, and the nearness's.
            double stepA = (y[b] - y[c]) * inverse;
            double stepB = (y[c] - y[a]) * inverse;
            double stepNear = (stepA * (near[a] - near[c])) + (stepB * (near[b] - near[c]));
            for (int row = rowFrom; row <= rowTo; row++)
            {
                double py = row + 0.5;
                double px = columnFrom + 0.5;
                double wa = (((x[b] - px) * (y[c] - py)) - ((x[c] - px) * (y[b] - py))) * inverse;
                double wb = (((x[c] - px) * (y[a] - py)) - ((x[a] - px) * (y[c] - py))) * inverse;
                double value = near[c] + (wa * (near[a] - near[c])) + (wb * (near[b] - near[c]));
                int index = (row * Width) + columnFrom;
                for (int column = columnFrom; column <= columnTo; column++, index++)
                {
                    if (wa >= 0 && wb >= 0 && wa + wb <= 1 && value > nearness[index])
                    {
                        nearness[index] = (float)value;
                        triangles[index] = triangle;
                    }

                    wa += stepA;
                    wb += stepB;
                    value += stepNear;
                }
            }
        }
    }
}
