namespace Threadwell.Biology;

/// <summary>The absorbable polymer of a thread (mission M1).</summary>
public enum ThreadMaterial
{
    /// <summary>Polydioxanone.</summary>
    Pdo,

    /// <summary>Poly-L-lactic acid.</summary>
    Plla,

    /// <summary>Polycaprolactone.</summary>
    Pcl,

    /// <summary>Poly(L-lactide-co-caprolactone).</summary>
    Plcl,
}
