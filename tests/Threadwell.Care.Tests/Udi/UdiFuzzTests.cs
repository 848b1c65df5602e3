using CsCheck;
using NodaTime;
using Threadwell.Care.Udi;

namespace Threadwell.Care.Tests.Udi;

/// <summary>Whatever is scanned or typed, the reader answers or throws its own error, and reads its own text back.</summary>
public class UdiFuzzTests
{
    private static readonly LocalDate Today = new(2026, 11, 26);

    private static readonly string[] Seeds =
    [
        "(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234", "]C10151022222233336111412311715070710A213B1\u001d211234", "+A123BJC5D6E71G", "+$$52001510X3GD",
        "+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202H", "]d2\u001d0108806388269617112302141728021310230214A3263-01<GS>21059\u001d240ARO4808C",
    ];

    private static readonly Gen<string> Noise = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char["()+$/*]<>GS01127 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.%{}Cdq_\u001d"], 0, 40],
        from seed in Gen.Int[0, Seeds.Length - 1]
        from at in Gen.Int[0, 200]
        from cut in Gen.Int[0, 4]
        from put in Gen.String[Gen.Char["()+$/*]\u001d0123456789ABCZ-% "], 0, 4]
        select Mutate(Seeds[seed], at, cut, put));

    [Fact]
    public void Nothing_but_its_own_error_is_thrown_and_what_is_read_reads_back() => Noise.Array[0, 4].Sample(
        barcodes =>
        {
            (DeviceIdentification? device, UdiException? error) = UdiReader.TryRead(barcodes, Today);
            Assert.True(device is null != error is null);
            if (device is not null)
            {
                DeviceIdentification again = UdiReader.Read([device.Text], Today);
                Assert.Equal((device.DeviceIdentifier, device.Lot, device.Serial, device.Expiry, device.Produced, device.Quantity), (again.DeviceIdentifier, again.Lot, again.Serial, again.Expiry, again.Produced, again.Quantity));
                Assert.Equal(device.Text, again.Text);
            }
        },
        iter: 40000);

    [Theory]
    [InlineData("]C10151022222233336" + "10A(11)999999")]
    [InlineData("]C10151022222233336" + "10A(21)7" + "\u001d" + "21B(10)C")]
    public void A_lot_that_holds_what_looks_like_an_identifier_reads_back(string barcode)
    {
        DeviceIdentification device = UdiReader.Read([barcode], Today);
        DeviceIdentification again = UdiReader.Read([device.Text], Today);
        Assert.StartsWith("A(", device.Lot, StringComparison.Ordinal);
        Assert.Equal((device.DeviceIdentifier, device.Lot, device.Serial, device.Produced, device.Text), (again.DeviceIdentifier, again.Lot, again.Serial, again.Produced, again.Text));
    }

    [Fact]
    public void One_wrong_digit_of_a_product_number_is_always_found() => Gen.Select(Gen.Int[0, 13], Gen.Int[1, 9]).Sample((at, add) =>
    {
        char[] digits = "51022222233336".ToCharArray();
        digits[at] = (char)('0' + ((digits[at] - '0' + add) % 10));
        Assert.Throws<UdiException>(() => UdiReader.Read([$"(01){new string(digits)}"], Today));
    });

    private static string Mutate(string seed, int at, int cut, string put)
    {
        int from = at % seed.Length;
        return seed[..from] + put + seed[Math.Min(seed.Length, from + cut)..];
    }
}
