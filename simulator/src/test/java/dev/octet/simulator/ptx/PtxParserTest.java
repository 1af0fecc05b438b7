package dev.octet.simulator.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parser makes of PTX, and what it refuses. */
class PtxParserTest {
    private static final String BEGIN = ".version 7.0\n.target sm_80\n.address_size 64\n";

    private static List<Statement> body(String text) {
        return PtxParser.parse(BEGIN + ".visible .entry k()\n{\n" + text + "\n}")
                .entries()
                .get(0)
                .body();
    }

    @Test
    void readsModulesAndEntries() {
        PtxModule module = PtxParser.parse("""
                // a comment
                .version 7.0 /* another,
                of two lines */
                .target sm_80
                .const .align 8 .b8 table[2][2] = {1, 2, 0xff, -1};
                .visible .entry k(
                    .param .align 8 .b8 k_param_0[56],
                    .param .u64 .ptr .global .align 16 p
                )
                .maxntid 128, 1, 1
                .minnctapersm 4
                {
                }
                .entry l() .reqntid 64 { }
                """);
        assertThat(module.version()).isEqualTo("7.0");
        assertThat(module.target()).isEqualTo("sm_80");
        assertThat(module.variables())
                .containsExactly(
                        new Variable(5, StateSpace.CONST, "table", 8, 4, Optional.of(new byte[] {1, 2, -1, -1})));
        PtxEntry entry = module.entries().get(0);
        assertThat(entry.line()).isEqualTo(6);
        assertThat(entry.parameters())
                .containsExactly(
                        new Variable(7, StateSpace.PARAM, "k_param_0", 8, 56, Optional.empty()),
                        new Variable(8, StateSpace.PARAM, "p", 8, 8, Optional.empty()));
        assertThat(entry.mostThreads()).contains(128);
        assertThat(module.entries().get(1).exactThreads()).contains(64);
    }

    @Test
    void readsStatements() {
        List<Statement> body = body("""
                .reg .b32 %r<3>, x;
                $L__BB0_1:
                @!%p1 ld.global.L2::128B.v2.u32 {%r1, _}, [%rd1+-8];
                { .pragma "nounroll"; }
                """);
        assertThat(body)
                .containsExactly(
                        new Statement.Registers(6, DataType.B32, "%r", Optional.of(3)),
                        new Statement.Registers(6, DataType.B32, "x", Optional.empty()),
                        new Statement.Label(7, "$L__BB0_1"),
                        new Statement.Instruction(
                                8,
                                Optional.of(new Statement.Guard("%p1", true)),
                                "ld.global.L2::128B.v2.u32",
                                List.of(
                                        new Operand.Vector(List.of(new Operand.Name("%r1"), new Operand.Name("_"))),
                                        new Operand.Address(new Operand.Name("%rd1"), -8))),
                        new Statement.Scope(9, List.of()));
    }

    @Test
    void readsOperands() {
        Statement.Instruction instruction = (Statement.Instruction)
                body("x.y -5, 0x10, 0b101, 017, 12U, 0f3F800000, -0f3F800000, 1.5, a|b, !c, v+4, [8], [s];")
                        .get(0);
        assertThat(instruction.operands())
                .containsExactly(
                        new Operand.IntegerConstant(-5),
                        new Operand.IntegerConstant(16),
                        new Operand.IntegerConstant(5),
                        new Operand.IntegerConstant(15),
                        new Operand.IntegerConstant(12),
                        new Operand.FloatConstant(0x3f800000L, DataType.F32),
                        new Operand.FloatConstant(0xbf800000L, DataType.F32),
                        new Operand.FloatConstant(0x3ff8000000000000L, DataType.F64),
                        new Operand.Pair("a", "b"),
                        new Operand.Negated("c"),
                        new Operand.Displaced("v", 4),
                        new Operand.Address(new Operand.IntegerConstant(8), 0),
                        new Operand.Address(new Operand.Name("s"), 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ".func f; 002; .func",
                ".global .u32 g; 002; .global",
                "add.s32 %r1, %r2 }; 001; expected",
                ".reg .f16 %h<2>; 002; .f16",
                ".pragma \"used_bytes_mask\"; 002; used_bytes_mask",
                "# 1; 001; U+0023",
                "add.s32 %r1, 0x; 001; 0x",
                ".shared .align 3 .b8 a[4]; 001; alignment 3",
                ".shared .align 4 .b8 a[99999999]; 001; too large",
                ".loc 1 2 3; 002; .loc",
                "add.s32 %r1, 99999999999999999999; 001; not a number"
            })
    void refusesWhatItDoesNotKnow(String text, String code, String what) {
        assertThatThrownBy(() -> body(text + ";"))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-SIM-" + code)
                .hasMessageContaining("Line 6 ")
                .hasMessageContaining(what);
    }
}
