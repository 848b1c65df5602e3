using System.Runtime.InteropServices;
using System.Text.Json;
using Threadwell.Geometry;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Web.Surfaces;

namespace Threadwell.Web.Predictions;

/// <summary>
/// What the moving face needs of a prediction, as bytes (<c>docs/api.md</c>): the carrier from the skin's columns to the scan, and at each stored time the columns'
/// displacements, treated and untreated, and their new collagen. Little endian.
/// </summary>
internal sealed class FieldsFile
{
    private static readonly byte[] Magic = "TWF1"u8.ToArray();

    private readonly Header header;
    private readonly byte[] content;
    private readonly int carrierAt;

    private FieldsFile(Header header, byte[] content, int carrierAt)
    {
        this.header = header;
        this.content = content;
        this.carrierAt = carrierAt;
    }

    /// <summary>Writes the file of a prediction.</summary>
    public static byte[] ToBytes(CoursePrediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        CarrierBytes carrier = CarrierBytes.Of(SkinCarrier.ToScan(prediction.Tissue, prediction.Scan));
        var head = new Header(
            [.. prediction.Document.TimesDays],
            prediction.Tissue.ColumnCount,
            carrier.Vertices.Length,
            [.. prediction.Plan.Threads.Select((thread, index) => new ThreadPath(thread.Id, prediction.ThreadPaths[index]))]);
        using var stream = new MemoryStream();
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(head, JsonOptions);
        stream.Write(Magic);
        int padded = (text.Length + 3) / 4 * 4;
        stream.Write(MemoryMarshal.AsBytes<uint>([(uint)padded]));
        stream.Write(text);
        stream.Write("   "u8[..(padded - text.Length)]);
        carrier.Write(stream);
        foreach (Vector3D[] columns in prediction.Treated.Concat(prediction.Untreated))
        {
            stream.Write(FloatBytes.Of(columns));
        }

        foreach (double[] columns in prediction.NewCollagen)
        {
            stream.Write(FloatBytes.Of(columns));
        }

        return stream.ToArray();
    }

    /// <summary>Reads a file that <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such file.</exception>
    public static FieldsFile Read(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Length < 8 || !content.AsSpan(0, 4).SequenceEqual(Magic))
        {
            throw new InvalidDataException("This is no file of fields.");
        }

        int length = (int)MemoryMarshal.Read<uint>(content.AsSpan(4));
        Header head = JsonSerializer.Deserialize<Header>(content.AsSpan(8, length), JsonOptions)!;
        return new FieldsFile(head, content, 8 + length);
    }

    /// <summary>The scan's surface on a day, mm: between stored times the displacement is read off linearly.</summary>
    /// <param name="scan">The scan that was predicted, mm.</param>
    /// <param name="day">Days since the treatment; clamped to the time simulated.</param>
    /// <param name="treated">With the threads, or without treatment.</param>
    public TriangleMesh SurfaceOn(TriangleMesh scan, double day, bool treated)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ReadOnlySpan<uint> vertices = MemoryMarshal.Cast<byte, uint>(content.AsSpan(carrierAt, 4 * header.N));
        ReadOnlySpan<uint> columns = MemoryMarshal.Cast<byte, uint>(content.AsSpan(carrierAt + (4 * header.N), 12 * header.N));
        ReadOnlySpan<float> weights = FloatBytes.Read(content.AsSpan(carrierAt + (16 * header.N), 12 * header.N));
        (int before, int after, float share) = Around(day);
        ReadOnlySpan<float> from = Columns(before, treated);
        ReadOnlySpan<float> to = Columns(after, treated);
        Vector3D[] positions = [.. scan.Positions];
        for (int index = 0; index < header.N; index++)
        {
            Vector3D moved = Vector3D.Zero;
            for (int corner = 3 * index; corner < (3 * index) + 3; corner++)
            {
                int first = 3 * (int)columns[corner];
                double At(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int axis) => ((1 - share) * a[first + axis]) + (share * b[first + axis]);
                moved += weights[corner] * new Vector3D(At(from, to, 0), At(from, to, 1), At(from, to, 2));
            }

            positions[vertices[index]] += moved;
        }

        return new TriangleMesh(positions, scan.Triangles);
    }

    private static JsonSerializerOptions JsonOptions { get; } = new(PlanJson.Options) { WriteIndented = false };

    private (int Before, int After, float Share) Around(double day)
    {
        double[] times = header.TimesDays;
        int after = Array.FindIndex(times, time => time >= day);
        if (after <= 0)
        {
            int end = after == 0 ? 0 : times.Length - 1;
            return (end, end, 0);
        }

        return (after - 1, after, (float)((day - times[after - 1]) / (times[after] - times[after - 1])));
    }

    private ReadOnlySpan<float> Columns(int time, bool treated)
    {
        int block = 12 * header.Columns;
        int course = carrierAt + (28 * header.N) + (treated ? 0 : header.TimesDays.Length * block);
        return FloatBytes.Read(content.AsSpan(course + (time * block), block));
    }

    private sealed record Header(double[] TimesDays, int Columns, int N, ThreadPath[] Threads);

    private sealed record ThreadPath(string Id, Vector3D[] Path);
}
