using Threadwell.Evidence;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>
/// The facial distances of one person in mm: the mean of the person's sex and a deviation within one standard deviation, half of it shared
/// by all distances (body size) and the rest each distance's own.
/// </summary>
internal sealed record FacialProportions
{
    /// <summary>Share of the common size in each deviation; the own share is such that both add up to at most one standard deviation.</summary>
    private const double SizeShare = 0.45;

    /// <summary>Between the tragi.</summary>
    public required double Bitragal { get; init; }

    /// <summary>Between the outer corners of the eyes (ex-ex).</summary>
    public required double Biocular { get; init; }

    /// <summary>Between the alae (al-al).</summary>
    public required double Nasal { get; init; }

    /// <summary>Between the corners of the mouth (ch-ch).</summary>
    public required double Mouth { get; init; }

    /// <summary>Between the cheekbones (zy-zy).</summary>
    public required double Bizygomatic { get; init; }

    /// <summary>Between the jaw angles (go-go).</summary>
    public required double Bigonial { get; init; }

    /// <summary>Nasion to subnasale (n-sn).</summary>
    public required double NoseHeight { get; init; }

    /// <summary>Subnasale to menton (sn-gn).</summary>
    public required double LowerFaceHeight { get; init; }

    /// <summary>Common size of the person, −1 to 1.</summary>
    public required double Size { get; init; }

    /// <summary>Draws a person.</summary>
    public static FacialProportions Draw(Sex sex, SeededNormal random)
    {
        double size = random.Next(1);
        double Of(string female, string male)
        {
            Fact fact = EvidenceCatalogue.Get(sex == Sex.Female ? female : male);
            double deviation = (SizeShare * size) + ((1 - SizeShare) * random.Next(1));
            return fact.Value + (deviation * fact.StandardDeviation!.Value);
        }

        return new FacialProportions
        {
            Size = size,
            Bitragal = Of("anthropometry.bitragal-width.female", "anthropometry.bitragal-width.male"),
            Biocular = Of("anthropometry.biocular-width.female", "anthropometry.biocular-width.male"),
            Nasal = Of("anthropometry.nasal-width.female", "anthropometry.nasal-width.male"),
            Mouth = Of("anthropometry.mouth-width.female", "anthropometry.mouth-width.male"),
            Bizygomatic = Of("anthropometry.bizygomatic-width.female", "anthropometry.bizygomatic-width.male"),
            Bigonial = Of("anthropometry.bigonial-width.female", "anthropometry.bigonial-width.male"),
            NoseHeight = Of("anthropometry.nose-height.female", "anthropometry.nose-height.male"),
            LowerFaceHeight = Of("anthropometry.lower-face-height.female", "anthropometry.lower-face-height.male"),
        };
    }
}
