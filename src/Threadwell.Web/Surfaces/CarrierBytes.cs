using System.Runtime.InteropServices;
using Threadwell.Prediction;

namespace Threadwell.Web.Surfaces;

/// <summary>A skin carrier as the pages read it: the scan's moving vertices, each with three columns of the skin and their weights (<c>docs/api.md</c>). Little endian.</summary>
/// <param name="Vertices">Moving vertices of the scan.</param>
/// <param name="Columns">Three columns each.</param>
/// <param name="Weights">Their weights.</param>
internal sealed record CarrierBytes(uint[] Vertices, uint[] Columns, float[] Weights)
{
    /// <summary>The vertices of a carrier that move at all.</summary>
    public static CarrierBytes Of(SkinCarrier carrier)
    {
        ArgumentNullException.ThrowIfNull(carrier);
        var vertices = new List<uint>();
        var columns = new List<uint>();
        var weights = new List<float>();
        for (int point = 0; point < carrier.PointCount; point++)
        {
            int first = SkinCarrier.PerPoint * point;
            ReadOnlySpan<float> weight = carrier.Weights.AsSpan(first, SkinCarrier.PerPoint);
            if (weight.IndexOfAnyExcept(0f) < 0)
            {
                continue;
            }

            vertices.Add((uint)point);
            weights.AddRange(weight);
            for (int k = 0; k < SkinCarrier.PerPoint; k++)
            {
                columns.Add((uint)carrier.Columns[first + k]);
            }
        }

        return new CarrierBytes([.. vertices], [.. columns], [.. weights]);
    }

    /// <summary>Writes the three arrays one after the other.</summary>
    public void Write(Stream stream)
    {
        stream.Write(MemoryMarshal.AsBytes<uint>(Vertices));
        stream.Write(MemoryMarshal.AsBytes<uint>(Columns));
        stream.Write(MemoryMarshal.AsBytes<float>(Weights));
    }
}
