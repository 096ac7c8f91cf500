"""Second factors and their recovery codes; when a password was last typed; tokens that carry an address."""

import sqlalchemy as sa
from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('factor',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('secret', sa.String(length=200), nullable=True),
    sa.Column('pending', sa.String(length=200), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_step', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(secret IS NULL) = (confirmed_at IS NULL)', name=op.f('ck_factor_confirmed')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_factor_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_factor'))
    )
    op.create_table('recovery_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_recovery_code_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code')),
    sa.UniqueConstraint('person_id', 'code_hash', name=op.f('uq_recovery_code_person_id_code_hash'))
    )
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('proved_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('token', schema=None) as batch_op:
        batch_op.add_column(sa.Column('address', sa.String(length=254), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_token_purpose'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_token_purpose'), "purpose IN ('confirm', 'reset', 'unsubscribe', 'second step', 'address', 'address back')")


def downgrade() -> None:
    op.execute("DELETE FROM token WHERE purpose IN ('second step', 'address', 'address back')")
    with op.batch_alter_table('token', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_token_purpose'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_token_purpose'), "purpose IN ('confirm', 'reset', 'unsubscribe')")
        batch_op.drop_column('address')

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_column('proved_at')
    op.drop_table('recovery_code')
    op.drop_table('factor')
