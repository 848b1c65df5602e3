using System.Text.Json.Serialization;

namespace Threadwell.Biology;

/// <summary>The absorbable polymer of a thread (mission M1).</summary>
public enum ThreadMaterial
{
    /// <summary>Polydioxanone.</summary>
    [JsonStringEnumMemberName("PDO")]
    Pdo,

    /// <summary>Poly-L-lactic acid.</summary>
    [JsonStringEnumMemberName("PLLA")]
    Plla,

    /// <summary>Polycaprolactone.</summary>
    [JsonStringEnumMemberName("PCL")]
    Pcl,

    /// <summary>Poly(L-lactide-co-caprolactone).</summary>
    [JsonStringEnumMemberName("PLCL")]
    Plcl,
}
